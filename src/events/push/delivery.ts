import { IConstruct } from 'constructs';
import { DeliveryOptions } from './delivery-options';
import { DELIVERY_AGE, DELIVERY_RETRIES } from '../../limits/event-bridge';
import { checkSeconds, checkWholeNumber } from '../../support/checks';

/** Refuses what EventBridge and its Scheduler refuse of a retry policy. Codes begin with the kind of the source. */
export function checkDelivery(scope: IConstruct | undefined, kind: string, { retryAttempts, maxEventAge }: DeliveryOptions): void {
  checkWholeNumber(scope, retryAttempts, DELIVERY_RETRIES, {
    code: `${kind}RetryAttemptsOutOfRange`,
    property: 'retryAttempts',
    fix: 'leave it out to try 185 times',
  });
  checkSeconds(scope, maxEventAge, DELIVERY_AGE, {
    code: `${kind}MaxEventAgeOutOfRange`,
    property: 'maxEventAge',
    fix: 'leave it out to try for 24 hours',
  });
}
