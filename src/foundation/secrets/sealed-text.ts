/** A secret as it is stored: by which data key it is sealed, what tells it apart from others, and itself, encrypted. */
export interface SealedText {
  readonly keyId: string;
  readonly fingerprint: string;
  readonly content: Buffer;
}

const prefix = 'sealed:v1:';
const form = /^sealed:v1:([\da-f-]{36}):([\w-]{16}):([\w-]+)$/;

/** The one text that stands for it in storage. */
export function formatSealed({ keyId, fingerprint, content }: SealedText): string {
  return `${prefix}${keyId}:${fingerprint}:${content.toString('base64url')}`;
}

/** Reads it back; nothing if it is no such text. Whether it is genuine, only opening it shows. */
export function parseSealed(text: string): SealedText | undefined {
  const [, keyId, fingerprint, content] = form.exec(text) ?? [];
  if (keyId === undefined || fingerprint === undefined || content === undefined) return undefined;
  return { keyId, fingerprint, content: Buffer.from(content, 'base64url') };
}

/** True for whatever looks like a sealed secret. No secret itself may. */
export function isSealed(text: string): boolean {
  return text.startsWith(prefix);
}

/** What tells a sealed secret apart from others, without opening it. */
export function fingerprintIn(text: string): string | undefined {
  return isSealed(text) ? form.exec(text)?.[2] : undefined;
}

/** The text with the fingerprints of all sealed secrets in it in their place: equal for equal secrets, whenever they were sealed. */
export function fingerprintsOnly(text: string): string {
  return text.replaceAll(/sealed:v1:[\da-f-]{36}:([\w-]{16}):[\w-]+/g, '$1');
}
