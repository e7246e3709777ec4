/** English of a part of the console. @type {Record<string, string>} */
export default {};
