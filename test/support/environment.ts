type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Sets variables of this process's environment (unsets those that are undefined).
 * @returns what puts back what was there
 */
export function setEnvironment(variables: Environment): () => void {
  const before = Object.fromEntries(
    Object.keys(variables).map((name) => [name, process.env[name]]),
  );
  apply(variables);
  return () => {
    apply(before);
  };
}

function apply(variables: Environment): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}
