/** A build that did not succeed, with the reason in words for the person who asked for it. */
export class BuildFailure extends Error {}
