import { parseDeclarative } from '../src/domain/gateway-config/import/parse-declarative.js';
import { startControlPlane, type TestControlPlane } from '../test/kit/control-plane.js';
import { platformFile } from './platform.js';

const sizes = [10_000, 40_000] as const;
const rounds = 5;
const megabyte = 2 ** 20;

/**
 * What is alive on the heap while a file is imported over GraphQL, beside what its parsed form takes. Whatever can be
 * collected is collected before each look, so that what is measured is what is needed.
 */
export async function run(): Promise<string> {
  const plane = await startControlPlane();
  try {
    // What the first import takes to get warm is not counted.
    await measure(plane, 1_000);
    const found: Measured[] = [];
    for (const entities of sizes) found.push(await measure(plane, entities));
    const lines = found.map(({ entities, parsed, peak }) => {
      const ratio = (peak / parsed).toFixed(1);
      const parts = `parsed ${(parsed / megabyte).toFixed(0)} MB, at most ${(peak / megabyte).toFixed(0)} MB alive`;
      return `${entities} entities: ${parts}; ratio ${ratio}`;
    });
    const [few, many] = found.map(({ parsed, peak }) => peak / parsed) as [number, number];
    return [...lines, `ratio of the ratios: ${(many / few).toFixed(2)}`].join('\n');
  } finally {
    await plane.stop();
  }
}

interface Measured {
  readonly entities: number;
  /** In bytes, beyond what was there before. */
  readonly parsed: number;
  readonly peak: number;
}

/** The most that was seen in several imports: a look may miss the moment. */
async function measure(plane: TestControlPlane, entities: number): Promise<Measured> {
  const documents = [{ name: 'platform.yaml', content: platformFile(entities) }];
  const parsed = parsedSize(documents);
  const peaks: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { group, admin } = await plane.seed.group();
    const input = { runtimeGroupId: group.id, documents };
    const before = alive();
    const highest = await highestDuring(() => admin.mutate('importConfiguration', input, 'revision'));
    peaks.push(highest - before);
  }
  return { entities, parsed, peak: Math.max(...peaks) };
}

/** What is alive is looked at again and again. Looking takes long, and half of the time is the server's. */
async function highestDuring(work: () => Promise<unknown>): Promise<number> {
  let highest = 0;
  let looks: NodeJS.Timeout;
  const look = (): void => {
    const begun = performance.now();
    highest = Math.max(highest, alive());
    looks = setTimeout(look, Math.max(100, performance.now() - begun));
  };
  looks = setTimeout(look);
  try {
    await work();
  } finally {
    clearTimeout(looks);
  }
  return highest;
}

/** What the entities of the files take by themselves. */
function parsedSize(documents: Parameters<typeof parseDeclarative>[0]): number {
  const before = alive();
  const declaration = parseDeclarative(documents);
  const after = alive();
  return declaration.entities.length > 0 ? after - before : 0;
}

function alive(): number {
  if (!globalThis.gc) throw new Error('This needs node --expose-gc.');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
