import { Progress } from '../../src/plugin/progress';

function lines(...seconds: readonly number[]): string[] {
  const written: string[] = [];
  const times = [0, ...seconds.map((second) => second * 1000)];
  const progress = new Progress((line) => written.push(line), () => times.shift()!);
  seconds.forEach((_, index) => progress.done(`step ${index}`));
  return written;
}

test('checks that take no time are not heard of', () => {
  expect(lines(0.1, 0.5, 1.9)).toEqual([]);
});

test('a check of over two seconds is named, with how long it took', () => {
  expect(lines(0.5, 3.2, 3.3)).toEqual(['cdk-event-functions: step 1 (3.2 s)\n']);
});

test('many small ones are heard of every two seconds', () => {
  expect(lines(1, 2, 3, 4, 5)).toEqual(['cdk-event-functions: step 1 (2.0 s)\n', 'cdk-event-functions: step 3 (2.0 s)\n']);
});
