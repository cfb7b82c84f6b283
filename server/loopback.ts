/** Names and addresses by which a machine means itself. */
export function isLoopback(name: string): boolean {
  return /^(localhost|::1|(::ffff:)?127(\.\d{1,3}){3})$/i.test(name);
}
