/** A declarative file of a platform with this many entities, of the kinds and in the mixture that platforms have. */
export function platformFile(entities: number, prefix = ''): string {
  const perTeam = 10;
  const teams = Array.from({ length: entities / perTeam }, (_, index) => `${prefix}team-${index}`);
  const lines = (make: (team: string) => string): string => teams.map(make).join('');
  return [
    '_format_version: "3.0"\nupstreams:\n',
    lines(
      (team) =>
        `- name: ${team}.upstream\n  targets:\n  - target: ${team}-1.internal:8080\n  - target: ${team}-2.internal:8080\n`,
    ),
    'services:\n',
    lines(
      (team) =>
        `- name: ${team}\n  host: ${team}.upstream\n  tags: [${team}]\n  routes:\n` +
        `  - name: ${team}-list\n    paths: [/${team}]\n    methods: [GET]\n` +
        `  - name: ${team}-write\n    paths: [/${team}]\n    methods: [POST, PUT]\n    plugins:\n    - name: key-auth\n` +
        `  plugins:\n  - name: rate-limiting\n    config: { minute: 60, policy: local }\n`,
    ),
    'consumers:\n',
    lines((team) => `- username: ${team}\n  keyauth_credentials:\n  - key: ${team}-key\n`),
  ].join('');
}
