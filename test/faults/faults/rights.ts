import { setTimeout as pause } from 'node:timers/promises';
import { anyPopulation, between, type Fault, type Scene } from './fault.js';
import type { Observer } from '../world/observer.js';
import type { Population } from '../world/population.js';

/** A right ends within this time, everywhere. */
const endsWithinMs = 20_000;

export const rightFaults: readonly Fault[] = [
  {
    ...{ number: 27, name: 'a token is revoked while its stream is open', place: 'client' },
    inject: async (scene: Scene): Promise<void> => {
      const { world } = scene;
      const population = anyPopulation(scene);
      const { id, secret } = await makeToken(scene, population);
      const observer = population.observe({ token: secret });
      await pause(between(world.random, 500, 3_000));
      await world.caller.make('revokeAccessToken', { id, idempotencyKey: `${id} is revoked` }, '');
      observer.allowedUntil = now();
      await isRefused(observer, 'TOKEN_REVOKED');
    },
  },
  {
    ...{ number: 28, name: 'a token expires while its stream is open', place: 'client' },
    inject: async (scene: Scene): Promise<void> => {
      const { world } = scene;
      const population = anyPopulation(scene);
      const { secret, expiresAt } = await makeShortToken(scene, population);
      const first = population.observe({ token: secret });
      first.allowedUntil = expiresAt;
      await isRefused(first, 'TOKEN_EXPIRED');
      const next = await makeToken(scene, population);
      const second = population.observe({ token: next.secret, after: first });
      await world.witness.catchUp();
      await second.reaches(world.witness.head(population.groupId));
    },
  },
];

async function isRefused(observer: Observer, due: string): Promise<void> {
  const { code } = await observer.refused(endsWithinMs);
  if (code !== due) throw new Error(`${observer.name} was refused with ${code}, and ${due} was due.`);
}

/** A token that soon expires. While the database is away, the time of one may be over before it is made. */
async function makeShortToken(
  scene: Scene,
  population: Population,
): Promise<{ secret: string; expiresAt: number }> {
  for (;;) {
    const expiresAt = now() + between(scene.world.random, 2_000, 5_000);
    try {
      const { secret } = await makeToken(scene, population, new Date(expiresAt).toISOString());
      return { secret, expiresAt };
    } catch (error) {
      if (!(error as Error).message.includes('TOKEN_EXPIRY_PAST')) throw error;
    }
  }
}

async function makeToken(
  { world }: Scene,
  population: Population,
  expiresAt?: string,
): Promise<{ id: string; secret: string }> {
  for (;;) {
    const name = population.fresh('token');
    const input = {
      name,
      role: 'VIEWER',
      runtimeGroupId: population.groupId,
      idempotencyKey: name,
      expiresAt,
    };
    const { accessToken, secret } = await world.caller.make<{
      accessToken: { id: string };
      secret: string | null;
    }>('createAccessToken', input, 'accessToken { id } secret');
    // A secret is told once. If that answer did not come through, it takes another token.
    if (secret !== null) return { id: accessToken.id, secret };
  }
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
