/**
 * Says whether a Node.js version runs the server: it must strip types without a flag and know `await using` (explicit
 * resource management), which came with 24.
 */
export function runsGatehouse(version) {
  const [major] = version.split('.').map(Number);
  return major >= 24;
}
