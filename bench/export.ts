import { readFile } from 'node:fs/promises';
import { migratedDatabase } from '../test/kit/migrated-database.js';
import { startControlPlaneProcess, type ControlPlaneProcess } from '../test/kit/control-plane-process.js';
import { platformFile } from './platform.js';

const entities = 100_000;
const perImport = 10_000;
const sampleMs = 10;

/**
 * An export of 100,000 entities: how long it takes, and by how much the server grows meanwhile. The server is a process of
 * its own, and new for each export, so that it has nothing yet that it could use again.
 */
export async function run(): Promise<string> {
  const database = await migratedDatabase();
  const server = await startControlPlaneProcess({ database });
  try {
    const { admin } = server;
    const { runtimeGroup } = await admin.mutate<{ runtimeGroup: { id: string } }>(
      ...(['createRuntimeGroup', { name: 'large' }, 'runtimeGroup { id }'] as const),
    );
    for (let part = 0; part < entities / perImport; part += 1) {
      const documents = [{ name: 'platform.yaml', content: platformFile(perImport, `p${part}-`) }];
      const into = { runtimeGroupId: runtimeGroup.id, documents };
      await admin.mutate('importConfiguration', into, 'revision');
    }
    const lines = [];
    for (const form of ['flat', 'nested']) lines.push(await measure(server, runtimeGroup.id, form));
    return lines.join('\n');
  } finally {
    await server.stop();
    await database.close();
  }
}

async function measure(server: ControlPlaneProcess, id: string, form: string): Promise<string> {
  await server.restart('SIGTERM');
  const before = await residentBytes(server);
  let highest = before;
  const sampling = setInterval(() => {
    void residentBytes(server).then((now) => (highest = Math.max(highest, now)));
  }, sampleMs);
  const start = performance.now();
  const address = `${server.origin}/v1/runtime-groups/${id}/configuration?form=${form}`;
  const response = await fetch(address, { headers: { authorization: `Bearer ${server.admin.token}` } });
  let bytes = 0;
  for await (const part of response.body as ReadableStream<Uint8Array>) bytes += part.length;
  const seconds = (performance.now() - start) / 1_000;
  clearInterval(sampling);
  const megabytes = (count: number): string => `${(count / 2 ** 20).toFixed(0)} MB`;
  return `${form}: ${entities} entities, ${megabytes(bytes)} in ${seconds.toFixed(1)} s; the server grew by ${megabytes(highest - before)}`;
}

/** What the server has in memory; Linux says so. */
async function residentBytes({ pid }: ControlPlaneProcess): Promise<number> {
  const status = await readFile(`/proc/${pid()}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024;
}
