/** Why a gateway would not take a regular expression, as the end of a sentence about it. */
export class RegexFault extends Error {}
