import { parseDeclarative } from '../src/domain/gateway-config/import/parse-declarative.js';
import { startControlPlane, type TestControlPlane } from '../test/kit/control-plane.js';
import { platformFile } from './platform.js';

const sizes = [10_000, 40_000] as const;
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

async function measure(plane: TestControlPlane, entities: number): Promise<Measured> {
  const { group, admin } = await plane.seed.group();
  const documents = [{ name: 'platform.yaml', content: platformFile(entities) }];
  const parsed = parsedSize(documents);
  const before = alive();
  let peak = before;
  const look = setInterval(() => (peak = Math.max(peak, alive())), 200);
  try {
    await admin.mutate('importConfiguration', { runtimeGroupId: group.id, documents }, 'revision');
  } finally {
    clearInterval(look);
  }
  return { entities, parsed, peak: peak - before };
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
