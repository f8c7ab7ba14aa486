import { readFile, writeFile } from 'node:fs/promises';
import { makeSchema, printSchema } from './schema.js';
import { makeSlices, type SlicePorts } from './slices.js';

/** Writes schema.graphql, or with `--check` compares it with what the code says; exits with 1 if they differ. */
const file = 'schema.graphql';

// Building the schema runs no resolver, so that nothing behind them is needed.
const schema = printSchema(await makeSchema(makeSlices({} as SlicePorts)));

if (process.argv.includes('--check')) {
  const committed = await readFile(file, 'utf8').catch(() => '');
  if (committed !== schema) {
    process.stderr.write(
      `${file} is not what the code says. Run “npm run fix:schema”, and read the difference.\n`,
    );
    process.exitCode = 1;
  }
} else {
  await writeFile(file, schema);
}
