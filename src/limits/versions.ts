import { Range } from './range';

/** Length of the description of a function, and of a version. */
export const DESCRIPTION_LENGTH: Range = {
  min: 0,
  max: 256,
  unit: 'characters',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html',
};
