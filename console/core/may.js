/** What the role may do; the server refuses the rest whatever is shown. */

/**
 * @param {any} viewer data of `operations/Viewer.graphql`
 * @param {string} permission of `src/permission.rs`, e.g. `WRITE_BILLS`
 * @returns {boolean}
 */
export const can = (viewer, permission) => Boolean(viewer.viewer?.permissions.includes(permission));
