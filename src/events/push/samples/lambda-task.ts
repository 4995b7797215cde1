/** The input of an execution that nobody gave one but the console. */
const INPUT = { Comment: 'Insert your JSON here' };

/**
 * What a state hands to the function: its payload where that is written out, else the input of the execution.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html
 */
export function lambdaTaskEvent(payload?: object): object {
  return payload ?? INPUT;
}
