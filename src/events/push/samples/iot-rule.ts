/** @see https://docs.aws.amazon.com/lambda/latest/dg/services-iot.html */
export function iotRuleEvent() {
  return { row: '10', pos: '23', moisture: '75' };
}
