/** Gives up what the setup brought up; the last run to do so stops the server. */
export default async function globalTeardown() {
  await globalThis.stopTestServer?.();
}
