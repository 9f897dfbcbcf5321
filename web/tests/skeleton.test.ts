import { expect, test } from 'vitest';

test('the skeleton stands', () => {
  expect(1 + 1).toBe(2);
});
