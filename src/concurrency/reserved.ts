import { IConstruct } from 'constructs';
import { RESERVED_CONCURRENCY } from '../limits/concurrency';
import { checkWholeNumber } from '../support/checks';

/** Refuses a reservation that Lambda would refuse whatever the account's quota is. */
export function checkReservedConcurrency(scope: IConstruct, reserved?: number): void {
  checkWholeNumber(scope, reserved, RESERVED_CONCURRENCY, {
    code: 'ReservedConcurrencyOutOfRange',
    property: 'reservedConcurrentExecutions',
    fix: "leave it out to share the account's concurrency; 0 switches the function off",
  });
}
