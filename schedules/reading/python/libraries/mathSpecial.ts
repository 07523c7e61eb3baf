/** 2 / sqrt(pi) */
const slopeAtZero = 1.1283791670955126;

/** The error function. */
export function error(x: number): number {
  const size = Math.abs(x);
  if (size < 1.5) return errorSeries(x);
  return Math.sign(x) * (1 - tail(size));
}

/** 1 - `error(x)`, also where that is too near to 1. */
export function complementaryError(x: number): number {
  if (Number.isNaN(x)) return x;
  if (Math.abs(x) < 1.5) return 1 - errorSeries(x);
  return x > 0 ? tail(x) : 2 - tail(-x);
}

/** erf(x) = 2 / sqrt(pi) exp(-x^2) sum of x (2 x^2)^k / (1 3 5 ... (2 k + 1)) (DLMF 7.6.2). */
function errorSeries(x: number): number {
  let total = 0;
  for (let k = 25; k > 0; k--) total = 1 + (total * x * x) / (k + 0.5);
  return slopeAtZero * x * Math.exp(-x * x) * total;
}

/** erfc of x >= 1.5, by its continued fraction (DLMF 7.9.1). */
function tail(x: number): number {
  if (!(x < 30)) return Number.isNaN(x) ? x : 0;
  let fraction = x;
  for (let k = 100; k > 0; k--) fraction = x + k / 2 / fraction;
  return Math.exp(-x * x) / (fraction * Math.sqrt(Math.PI));
}

/** Lanczos' approximation with g = 607/128 and 15 coefficients (Godfrey, 2001). */
const lanczosG = 607 / 128;
const lanczos = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746,
  -0.4919138160976202, 3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5,
  0.0001580887032249125, -0.00021026444172410488, 0.00021743961811521265, -0.0001643181065367639,
  8.441822398385275e-5, -2.6190838401581408e-5, 3.6899182659531625e-6,
];

const mostFactorial = 171;

/** NaN at its poles, as for whatever has no value. */
export function gamma(x: number): number {
  if (Number.isInteger(x) && x <= 0) return x === 0 ? Infinity / x : NaN;
  if (Number.isInteger(x) && x <= mostFactorial) {
    let product = 1;
    for (let i = 2; i < x; i++) product *= i;
    return product;
  }
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  return x > mostFactorial + 1 ? Infinity : Math.exp(logGamma(x));
}

/** The logarithm of the absolute value of `gamma(x)`. */
export function logGamma(x: number): number {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? x : Infinity;
  if (x === 1 || x === 2) return 0;
  if (x < 0.5) {
    return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  }
  const series = lanczos.reduce((sum, c, i) => sum + (i === 0 ? c : c / (x - 1 + i)), 0);
  const base = x - 0.5 + lanczosG;
  return Math.log(Math.sqrt(2 * Math.PI) * series) + (x - 0.5) * Math.log(base) - base;
}
