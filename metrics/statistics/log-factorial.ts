/** ln n! for whole n ≥ 0: the product up to 20, then Stirling's series (Abramowitz & Stegun 6.1.41), 15 digits. */
export function logFactorial(n: number): number {
  return n <= 20 ? Math.log(factorial(n)) : stirling(n);
}

function factorial(n: number): number {
  let product = 1;
  for (let factor = 2; factor <= n; factor++) product *= factor;
  return product;
}

function stirling(n: number): number {
  const correction = 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5) - 1 / (1680 * n ** 7);
  return (n + 0.5) * Math.log(n) - n + Math.log(2 * Math.PI) / 2 + correction;
}
