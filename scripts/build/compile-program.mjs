import { existsSync, rmSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { directoriesBelow, filesBelow, root } from './paths.mjs';

const SOURCE_DIRECTORIES = ['src', 'migrations'];
const NOT_OF_THE_PROGRAM = /\.test\.ts$|^src\/clients\/console\//;
const MEMORY = 'dist/.tsbuildinfo';

/** Compiles src and migrations as tsconfig.json says, and removes what deleted sources have left behind. */
export const compileProgram = {
  done: 'compiled',
  stamp: 'dist/.build-stamp',
  sources: () => ['tsconfig.json', 'package.json', ...programFiles()],
  outputs: (sources) => sources.filter(isEmitted).map(outputOf),
  async run() {
    const { runTool } = await import('./run-tool.mjs');
    forgetWhatIsMissing();
    await runTool('typescript', 'bin/tsc', ['-p', 'tsconfig.json']);
    removeStaleOutputs();
  },
};

const programFiles = () =>
  SOURCE_DIRECTORIES.flatMap(filesBelow).filter(
    (path) => path.endsWith('.ts') && !NOT_OF_THE_PROGRAM.test(path),
  );

const isEmitted = (path) => path.endsWith('.ts') && !path.endsWith('.d.ts');

const outputOf = (path) => join('dist', path.replace(/\.ts$/, '.js'));

/** The incremental compiler trusts its memory rather than the disk, and would not write a lost file again. */
function forgetWhatIsMissing() {
  const isMissing = compileProgram.outputs(programFiles()).some((path) => !existsSync(join(root, path)));
  if (isMissing || process.argv.includes('--force')) rmSync(join(root, MEMORY), { force: true });
}

function removeStaleOutputs() {
  const wanted = new Set(compileProgram.outputs(programFiles()).flatMap((path) => [path, `${path}.map`]));
  for (const directory of SOURCE_DIRECTORIES.map((name) => join('dist', name))) {
    for (const path of filesBelow(directory)) if (!wanted.has(path)) rmSync(join(root, path));
    for (const path of directoriesBelow(directory)) removeIfEmpty(join(root, path));
  }
}

function removeIfEmpty(directory) {
  try {
    rmdirSync(directory);
  } catch (error) {
    if (error.code !== 'ENOTEMPTY') throw error;
  }
}
