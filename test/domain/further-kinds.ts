import { authorityPem, pem } from '../kit/pem.js';
import { unique } from '../kit/seed.js';
import type { KindCase } from './kind-case.js';

const vaulted = (name: string): string => `{vault://env/${name}}`;

/** Certificates, keys, vaults, consumer groups, and credentials. */
export const furtherKindCases: readonly KindCase[] = [
  {
    ...{ typeName: 'Vault', field: 'vault', list: 'vaults' },
    minimal: () => ({ prefix: unique('vault'), name: 'env' }),
    defaults: { description: null, config: {}, tags: [] },
    full: () => ({
      ...{ prefix: unique('vault'), name: 'env', description: 'Secrets of the team.' },
      ...{ config: { prefix: 'TEAM_' }, tags: ['team'] },
    }),
    selection: 'prefix name description config tags',
    change: { config: { prefix: 'OTHER_' } },
  },
  {
    ...{ typeName: 'Certificate', field: 'certificate', list: 'certificates' },
    minimal: () => ({ cert: pem('server-rsa.crt'), key: pem('server-rsa.key') }),
    defaults: { certAlt: null, tags: [] },
    full: () => ({
      ...{ cert: pem('server-rsa.crt'), key: vaulted('key') },
      ...{ certAlt: pem('server-ec.crt'), keyAlt: pem('server-ec.key'), tags: ['edge'] },
    }),
    secrets: ['key', 'keyAlt'],
    selection: 'cert certAlt tags',
    change: { tags: ['changed'] },
  },
  {
    ...{ typeName: 'Sni', field: 'sni', list: 'snis' },
    minimal: ({ certificate }) => ({ name: `${unique('a')}.example.com`, certificateId: certificate.id }),
    defaults: { tags: [] },
    full: ({ certificate }) => ({
      name: `*.${unique('a')}.example.com`,
      certificateId: certificate.id,
      tags: ['edge'],
    }),
    selection: 'name certificate { id } tags',
    change: { tags: ['changed'] },
  },
  {
    ...{ typeName: 'CaCertificate', field: 'caCertificate', list: 'caCertificates' },
    minimal: () => ({ cert: authorityPem() }),
    defaults: { tags: [] },
    full: () => ({ cert: authorityPem(), tags: ['root'] }),
    selection: 'cert certDigest tags',
    change: { tags: ['changed'] },
  },
  {
    ...{ typeName: 'KeySet', field: 'keySet', list: 'keySets' },
    minimal: () => ({}),
    defaults: { name: null, tags: [] },
    full: () => ({ name: unique('set'), tags: ['tokens'] }),
    selection: 'name tags',
    change: { name: unique('set') },
  },
  {
    ...{ typeName: 'Key', field: 'key', list: 'keys' },
    minimal: () => ({ kid: unique('kid'), pem: { publicKey: pem('server-rsa.pub') } }),
    defaults: { name: null, set: null, tags: [] },
    full: ({ keySet }) => ({
      ...{ name: unique('key'), kid: unique('kid'), setId: keySet.id, jwk: vaulted('jwk'), tags: ['tokens'] },
    }),
    secrets: ['jwk'],
    selection: 'name kid set { id } pem { publicKey } tags',
    change: { name: unique('key') },
  },
  {
    ...{ typeName: 'ConsumerGroup', field: 'consumerGroup', list: 'consumerGroups' },
    minimal: () => ({ name: unique('gold') }),
    defaults: { tags: [] },
    full: () => ({ name: unique('gold'), tags: ['paying'] }),
    selection: 'name tags',
    change: { tags: ['changed'] },
  },
  {
    ...{ typeName: 'KeyAuthCredential', field: 'keyAuthCredential', list: 'keyAuthCredentials' },
    minimal: ({ consumer }) => ({ consumerId: consumer.id }),
    defaults: { ttl: null, tags: [] },
    full: ({ consumer }) => ({ consumerId: consumer.id, key: unique('key'), ttl: 3600, tags: ['app'] }),
    secrets: ['key'],
    selection: 'consumer { id } ttl tags',
    change: { ttl: 60 },
  },
  {
    ...{ typeName: 'BasicAuthCredential', field: 'basicAuthCredential', list: 'basicAuthCredentials' },
    minimal: ({ consumer }) => ({ consumerId: consumer.id, username: unique('ada'), password: 'x' }),
    defaults: { tags: [] },
    full: ({ consumer }) => ({
      ...{ consumerId: consumer.id, username: unique('ada'), password: 'x', tags: ['app'] },
    }),
    secrets: ['password'],
    selection: 'consumer { id } username tags',
    change: { username: unique('ada') },
  },
  {
    ...{ typeName: 'HmacAuthCredential', field: 'hmacAuthCredential', list: 'hmacAuthCredentials' },
    minimal: ({ consumer }) => ({ consumerId: consumer.id, username: unique('ada') }),
    defaults: { tags: [] },
    full: ({ consumer }) => ({
      ...{ consumerId: consumer.id, username: unique('ada'), secret: 'x', tags: ['app'] },
    }),
    secrets: ['secret'],
    selection: 'consumer { id } username tags',
    change: { username: unique('ada') },
  },
  {
    ...{ typeName: 'JwtCredential', field: 'jwtCredential', list: 'jwtCredentials' },
    minimal: ({ consumer }) => ({ consumerId: consumer.id }),
    defaults: { algorithm: 'HS256', rsaPublicKey: null, tags: [] },
    full: ({ consumer }) => ({
      ...{ consumerId: consumer.id, key: unique('issuer'), secret: 'x', algorithm: 'RS512' },
      ...{ rsaPublicKey: pem('server-rsa.pub'), tags: ['app'] },
    }),
    secrets: ['secret'],
    selection: 'consumer { id } key algorithm rsaPublicKey tags',
    change: { algorithm: 'HS384' },
  },
  {
    ...{ typeName: 'AclCredential', field: 'aclCredential', list: 'aclCredentials' },
    minimal: ({ consumer }) => ({ consumerId: consumer.id, group: unique('gold') }),
    defaults: { tags: [] },
    full: ({ consumer }) => ({ consumerId: consumer.id, group: unique('gold'), tags: ['app'] }),
    selection: 'consumer { id } group tags',
    change: { group: unique('silver') },
  },
  {
    ...{ typeName: 'OAuth2Credential', field: 'oauth2Credential', list: 'oauth2Credentials' },
    minimal: ({ consumer }) => ({ consumerId: consumer.id, name: 'App' }),
    defaults: { hashSecret: false, redirectUris: null, clientType: 'CONFIDENTIAL', tags: [] },
    full: ({ consumer }) => ({
      ...{ consumerId: consumer.id, name: 'App', clientId: unique('client'), clientSecret: 'x' },
      ...{ hashSecret: true, redirectUris: ['https://app.example.com/back'], clientType: 'PUBLIC' },
      tags: ['app'],
    }),
    secrets: ['clientSecret'],
    selection: 'consumer { id } name clientId hashSecret redirectUris clientType tags',
    change: { name: 'Another app' },
  },
];
