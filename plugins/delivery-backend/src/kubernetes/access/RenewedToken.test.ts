import { ManualClock } from '../__testing__/clocks';
import { RenewedToken } from './RenewedToken';

const MINUTE = 60_000;
const clock = new ManualClock();
const issue = jest.fn();
let token: RenewedToken;

beforeEach(() => {
  let number = 0;
  issue.mockReset().mockImplementation(async () => {
    number += 1;
    return { token: `token ${number}`, lifetimeMs: 15 * MINUTE };
  });
  token = new RenewedToken(issue, clock);
});

it('is used for two thirds of its life, then replaced', async () => {
  expect(await token.get()).toBe('token 1');
  clock.advance(10 * MINUTE - 1);
  expect(await token.get()).toBe('token 1');
  clock.advance(1);
  expect(await token.get()).toBe('token 2');
  expect(issue).toHaveBeenCalledTimes(2);
});

it('is used on while no other can be had, until it ends', async () => {
  await token.get();
  clock.advance(10 * MINUTE);
  issue.mockRejectedValue(new Error('nobody there'));
  expect(await token.get()).toBe('token 1');
  // Whoever issues tokens is left in peace for a while.
  await token.get();
  expect(issue).toHaveBeenCalledTimes(2);
  clock.advance(30_000);
  expect(await token.get()).toBe('token 1');
  expect(issue).toHaveBeenCalledTimes(3);
  clock.advance(4 * MINUTE);
  await expect(token.get()).rejects.toThrow('nobody there');
});

it('is replaced at once when it was refused', async () => {
  await token.get();
  token.forget();
  expect(await token.get()).toBe('token 2');
});
