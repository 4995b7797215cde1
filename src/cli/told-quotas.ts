import { placeOfKey, quotaFrom } from '../measure/concurrency-budget';
import { SaidQuota } from '../model/template';

/** The quotas of a command line, in the words in which `cdk synth` takes them. */
export function toldQuotas(contexts: readonly string[]): SaidQuota[] {
  return contexts.map((context) => {
    const [key, ...values] = context.split('=');
    const place = placeOfKey(key);
    const quota = quotaFrom(values.join('='));
    if (place && quota !== undefined) return { ...place, quota };
    throw new Error(`'-c' must be cdk-event-functions:quota:<account>:<region>=<number>, got '${context}'; the account and the Region as the summary has them, or unknown-account and unknown-region`);
  });
}
