/** What a change can mean for those who call the gateway. */
export type Impact = 'SAFE' | 'RISKY' | 'BREAKING';

/** What a change means for callers, and why. */
export interface Judgement {
  readonly impact: Impact;
  readonly reason: string;
}
