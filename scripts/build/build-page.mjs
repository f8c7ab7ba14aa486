import { filesBelow } from './paths.mjs';

const PAGE = 'src/clients/console';

/** Bundles the GraphiQL page with everything that it needs. */
export const buildPage = {
  done: 'bundled GraphiQL',
  stamp: 'dist/.graphiql-stamp',
  sources: () => ['package-lock.json', ...filesBelow(PAGE).filter((path) => !path.endsWith('.test.ts'))],
  outputs: () => ['dist/graphiql/index.html'],
  async run() {
    const { runTool } = await import('./run-tool.mjs');
    await runTool('vite', 'bin/vite.js', [
      'build',
      ...['--config', `${PAGE}/vite.config.ts`],
      ...['--logLevel', 'warn'],
    ]);
  },
};
