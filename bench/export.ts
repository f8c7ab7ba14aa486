import { startControlPlane, type TestControlPlane } from '../test/kit/control-plane.js';
import { platformFile } from './platform.js';

const entities = 100_000;
const perImport = 10_000;
const sampleMs = 20;

/** An export of 100,000 entities over GraphQL: how long it takes, and by how much the process grows meanwhile. */
export async function run(): Promise<string> {
  const plane = await startControlPlane();
  try {
    const { group, admin } = await plane.seed.group();
    for (let part = 0; part < entities / perImport; part += 1) {
      const documents = [{ name: 'platform.yaml', content: platformFile(perImport, `p${part}-`) }];
      await admin.mutate('importConfiguration', { runtimeGroupId: group.id, documents }, 'revision');
    }
    const lines = [];
    for (const form of ['FLAT', 'NESTED']) lines.push(await measure(plane, group.id, form));
    return lines.join('\n');
  } finally {
    await plane.stop();
  }
}

async function measure(plane: TestControlPlane, id: string, form: string): Promise<string> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let highest = before;
  const sampling = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), sampleMs);
  const start = performance.now();
  const query =
    'query ($id: ID!, $form: ConfigurationForm!) { exportConfiguration(runtimeGroupId: $id, form: $form) { document } }';
  const { exportConfiguration } = await plane.admin.gql<{ exportConfiguration: { document: string } }>(
    query,
    {
      id,
      form,
    },
  );
  const seconds = (performance.now() - start) / 1_000;
  clearInterval(sampling);
  highest = Math.max(highest, process.memoryUsage().rss);
  const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;
  return `${form}: ${entities} entities, ${megabytes(exportConfiguration.document.length)} in ${seconds.toFixed(1)} s; the process (server and client in one) grew by ${megabytes(highest - before)}`;
}
