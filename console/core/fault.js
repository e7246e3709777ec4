/** What went wrong between here and the server. */

/** What a fault may tell a program beside its code. @typedef {Record<string, any>} More */

export class Fault extends Error {
  /**
   * @param {string} code one of docs/operations.md, or `OFFLINE`
   * @param {string} message for people
   * @param {More} [more]
   */
  constructor(code, message, more = {}) {
    super(message);
    this.code = code;
    this.more = more;
  }

  /** Nothing was answered: the network or the server is away. */
  static offline() {
    return new Fault('OFFLINE', 'The server does not answer.');
  }

  /** @param {{ message: string, extensions?: More }} error as in an answer */
  static of({ message, extensions = {} }) {
    return new Fault(extensions.code ?? 'INTERNAL', message, extensions);
  }

  get isOffline() {
    return this.code === 'OFFLINE';
  }

  /** Asked for by a role that may not. */
  get isDenied() {
    return this.code === 'FORBIDDEN' || this.code === 'SCOPE_MISMATCH';
  }
}
