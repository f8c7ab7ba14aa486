/** A variable of the environment that the tests run in. */
export function testEnvironment(name: string): string | undefined {
  return process.env[name];
}
