/** Everything runs as native ES modules; `npm test` sets the flag that jest needs for it. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  globalSetup: '<rootDir>/test/kit/global-setup.mjs',
  globalTeardown: '<rootDir>/test/kit/global-teardown.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        module: { type: 'es6' },
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
          keepClassNames: true,
        },
      },
    ],
  },
  // Jest itself would take one worker less than there are cores: one, on two cores. Files share a server, never a database.
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/kit/longest-first.mjs',
  testTimeout: 120_000,
  // The closing line must stay the last of them.
  reporters: ['default', '<rootDir>/test/kit/closing-line-reporter.mjs'],
};
