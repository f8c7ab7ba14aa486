import type { ControlPlane } from './control-plane.js';

/** What a person who started the server needs to know. */
export function greeting(plane: ControlPlane, tookMs: number): string {
  const socket = plane.url.replace(/^http/, 'ws');
  const token = plane.adminToken.file ?? 'as given by SIGNALBOX_ADMIN_TOKEN';
  return [
    '',
    `  Signalbox is ready after ${(tookMs / 1000).toFixed(1)} s`,
    '',
    `  GraphQL       ${plane.url}/graphql`,
    `  WebSocket     ${socket}/graphql   (graphql-transport-ws)`,
    `  GraphiQL      ${plane.url}/graphiql`,
    `  Admin token   ${token}`,
    `  Data          ${plane.storage}`,
    `  Encryption    key in ${plane.encryptionKey}`,
    '',
    '  Ctrl-C stops it.',
    '',
    '',
  ].join('\n');
}
