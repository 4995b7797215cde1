import { Range } from './range';

const source = 'https://docs.aws.amazon.com/lambda/latest/api/API_ImageConfig.html';

/** Entries of the command, and of the entry point, of a container image. */
export const IMAGE_CONFIG_ENTRIES: Range = { min: 0, max: 1_500, unit: 'entries', source };

/** Length of the working directory of a container image. */
export const WORKING_DIRECTORY: Range = { min: 0, max: 1_000, unit: 'characters', source };
