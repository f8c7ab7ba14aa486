import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Builds the GraphiQL page into `dist/graphiql`: self-contained, and independent of the path it is served
 * under. Of Monaco's languages only GraphQL and JSON are in it, for GraphiQL imports no others.
 */
export default defineConfig({
  root: here('./graphiql'),
  base: './',
  envDir: false,
  build: {
    outDir: here('../../../dist/graphiql'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The editor is one chunk of some 3 MB; over loopback or cached for ever, splitting it gains nothing.
    chunkSizeWarningLimit: 8_000,
    // "use client" and its kin address server renderers and compilers; here there is neither.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
});
