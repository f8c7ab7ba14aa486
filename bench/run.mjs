import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import startServer from '../test/kit/global-setup.mjs';

// Runs one benchmark: npm run bench -- one-change

const benchmarks = ['one-change', 'import', 'import-memory', 'export', 'broadcast', 'latency', 'reconnect'];
const [name = ''] = process.argv.slice(2);
if (!benchmarks.includes(name)) {
  console.error(`Say which benchmark to run: ${benchmarks.join(', ')}.`);
  process.exit(1);
}
register('../test/kit/typescript-hooks.mjs', import.meta.url);
await startServer({ rootDir: fileURLToPath(new URL('..', import.meta.url)) });
const { run } = await import(`./${name}.ts`);
try {
  console.log(await run());
} finally {
  await globalThis.stopTestServer?.();
}
