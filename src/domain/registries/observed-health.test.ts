import { ObservedHealth } from './observed-health.js';

let told: string[];
let health: ObservedHealth;
beforeEach(() => {
  told = [];
  health = new ObservedHealth(({ status, message }) => {
    told.push(message ?? status);
    return Promise.resolve();
  });
});

describe('the health of a registry', () => {
  it('is told when it changes, and not otherwise', async () => {
    for (const failure of [null, null, 'it is away', 'it is away', null]) await health.report('a', failure);
    expect(told).toEqual(['HEALTHY', 'it is away', 'HEALTHY']);
  });

  it('is bad as long as one question fails', async () => {
    await health.report('a', 'it refuses');
    await health.report('b', null);
    expect(told).toEqual(['it refuses']);
    health.forget('a');
    await health.report('b', null);
    expect(told).toEqual(['it refuses', 'HEALTHY']);
  });

  it('is told again if it could not be told', async () => {
    let fails = true;
    health = new ObservedHealth(({ status }) => {
      told.push(status);
      return fails ? Promise.reject(new Error('the database is away')) : Promise.resolve();
    });
    await expect(health.report('a', null)).rejects.toThrow();
    fails = false;
    await health.report('a', null);
    await health.report('a', null);
    expect(told).toEqual(['HEALTHY', 'HEALTHY']);
  });
});
