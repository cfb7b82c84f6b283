/** `acme/*` is every path directly in acme, `acme/**` every path below it; case does not matter, as in GitLab. */
export function matches(
  path: string,
  { include, exclude }: { readonly include: readonly string[]; readonly exclude: readonly string[] },
): boolean {
  const fits = (glob: string) => toPattern(glob).test(path);
  return (include.length === 0 || include.some(fits)) && !exclude.some(fits);
}

function toPattern(glob: string): RegExp {
  const parts = glob.split(/(\*\*|\*)/).map((part) => {
    if (part === "**") return ".*";
    return part === "*" ? "[^/]*" : part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  });
  return new RegExp(`^${parts.join("")}$`, "i");
}
