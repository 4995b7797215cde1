import * as fc from 'fast-check';
import { answerOf, QUOTAS, Wanted, wantedNear } from './account-simulator';
import { budgetOf, FunctionShare, quotaFrom, quotaKey } from '../../src/measure/concurrency-budget';

function shareOf({ reserved, provisioned }: Wanted, index = 0): FunctionShare {
  const sum = provisioned.reduce((total, amount) => total + amount, 0);
  return { name: `f${index}`, reserved, provisioned: sum, provisionedAtMost: sum, isComplete: true };
}

const reserving = (reserved: number, provisioned = 0) => shareOf({ reserved, provisioned: provisioned > 0 ? [provisioned] : [] });
const sharing = (provisioned = 0) => shareOf({ provisioned: provisioned > 0 ? [provisioned] : [] });

describe('the budget agrees with an account that is asked call by call', () => {
  test.each(QUOTAS)('with a quota of %d, near its limits', (quota) => {
    fc.assert(fc.property(wantedNear(quota), (wanted) => {
      const { accepted, unreserved } = answerOf(quota, wanted);
      const budget = budgetOf(wanted.map(shareOf), quota);
      expect(budget.fits).toBe(accepted);
      if (accepted) expect(budget.unreserved).toBe(unreserved);
    }), { numRuns: 500 });
  });

  test('with every quota of up to 205 and every reservation around what it allows', () => {
    for (let quota = 1; quota <= 205; quota++) {
      const room = Math.max(0, quota - 100);
      for (const reserved of [0, 1, room - 1, room, room + 1, quota].filter((amount) => amount >= 0)) {
        for (const wanted of [[{ reserved, provisioned: [] }], [{ reserved: 0, provisioned: [] }, { provisioned: [Math.max(1, reserved)] }]]) {
          const { fits } = budgetOf(wanted.map(shareOf), quota);
          expect({ quota, wanted, fits }).toEqual({ quota, wanted, fits: answerOf(quota, wanted).accepted });
        }
      }
    }
  });

  test('says by how much it is too much: with so much less it fits, with one more it does not', () => {
    fc.assert(fc.property(fc.constantFrom(...QUOTAS), fc.array(fc.nat({ max: 2000 }), { minLength: 1, maxLength: 4 }), (quota, reservations) => {
      const { excess } = budgetOf(reservations.map((amount) => reserving(amount)), quota);
      const fits = (quotaThen: number) => answerOf(quotaThen, reservations.map((reserved) => ({ reserved, provisioned: [] }))).accepted;
      // Quotas up to 100 leave nothing, however large they are.
      const enough = quota > 100 ? quota + excess : excess === 0 ? quota : 100 + excess;
      expect(fits(enough)).toBe(true);
      if (excess > 0) expect(fits(enough - 1)).toBe(false);
    }));
  });
});

describe('a quota', () => {
  test.each([[1, 1], [10, 10], [50, 50], [100, 100], [101, 100], [1000, 100], [10_000, 100]])('of %d leaves at least %d unreserved', (quota, floor) => {
    expect(budgetOf([], quota)).toMatchObject({ quota, floor, isDefaultQuota: false, unreserved: quota, fits: true });
  });

  test('that nobody told is 1,000', () => {
    expect(budgetOf([reserving(900)])).toMatchObject({ quota: 1000, isDefaultQuota: true, unreserved: 100, fits: true, isComplete: true });
  });

  test.each([10, 50, 100])('of %d allows no reservation but 0', (quota) => {
    expect(budgetOf([reserving(0)], quota)).toMatchObject({ fits: true, excess: 0 });
    expect(budgetOf([reserving(1)], quota)).toMatchObject({ fits: false, excess: 1, reservedExcess: 1 });
    expect(budgetOf([sharing(1)], quota)).toMatchObject({ fits: false, excess: 1, reservedExcess: 0 });
  });

  test.each([[1000, 1000], ['1000', 1000], [' 10 ', 10], [1, 1]])('may be written as %j', (said, number) => {
    expect(quotaFrom(said)).toBe(number);
  });

  test.each([0, -1, 0.5, NaN, Infinity, 1e300, '', ' ', '-1', '0', '1e3', '1,000', '10.0', 'many', true, null, undefined, [1000], { Ref: 'Quota' }])('is not %p', (said) => {
    expect(quotaFrom(said)).toBeUndefined();
  });

  test('has a key of its account and Region, by the words of the CDK where they are not fixed', () => {
    expect(quotaKey('111122223333', 'eu-west-1')).toBe('cdk-event-functions:quota:111122223333:eu-west-1');
    expect(quotaKey()).toBe('cdk-event-functions:quota:unknown-account:unknown-region');
    expect(quotaKey(undefined, 'eu-west-1')).toBe('cdk-event-functions:quota:unknown-account:eu-west-1');
  });
});

describe('provisioned concurrency', () => {
  test('of a function with a reservation is a part of it', () => {
    expect(budgetOf([reserving(500, 400)], 1000)).toMatchObject({ reserved: 500, provisioned: 0, unreserved: 500, fits: true });
  });

  test('of a function without one is taken out of what is unreserved', () => {
    expect(budgetOf([reserving(500), sharing(400)], 1000)).toMatchObject({ reserved: 500, provisioned: 400, unreserved: 100, fits: true });
    expect(budgetOf([reserving(500), sharing(401)], 1000)).toMatchObject({ unreserved: 99, excess: 1, reservedExcess: 0, fits: false });
  });

  test('is not more than its function reserves', () => {
    const { overProvisioned, excess, fits } = budgetOf([reserving(5, 6), reserving(0, 1), reserving(5, 5), sharing(5)], 1000);
    expect({ over: overProvisioned.map(({ reserved }) => reserved), excess, fits }).toEqual({ over: [5, 0], excess: 0, fits: false });
  });

  test('that scales leaves less at its maximum', () => {
    const scaling = { ...sharing(10), provisionedAtMost: 800 };
    const within = { ...reserving(10, 1), provisionedAtMost: 10 };
    expect(budgetOf([scaling, reserving(200), within], 1000)).toMatchObject({ unreserved: 780, unreservedAtLeast: -10, fits: true });
  });
});

test('amounts that are not known make the budget a least', () => {
  expect(budgetOf([reserving(5), { ...sharing(), isComplete: false }], 1000)).toMatchObject({ reserved: 5, isComplete: false, fits: true });
});
