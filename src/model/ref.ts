/** Names one Kubernetes object; cluster-wide objects have no namespace. */
export type Ref = { readonly kind: string; readonly namespace?: string | undefined; readonly name: string };

/** A reference with the namespace left out where there is none. */
export function refTo(kind: string, namespace: string | undefined, name: string): Ref {
  return namespace ? { kind, namespace, name } : { kind, name };
}

/** The reference to an object at hand. */
export function refOf({
  kind,
  metadata: { namespace, name },
}: {
  readonly kind: string;
  readonly metadata: { readonly namespace?: string | undefined; readonly name: string };
}): Ref {
  return refTo(kind, namespace, name);
}

/** A string that is the same for two references exactly when they name the same object. */
export function refKey(ref: Ref): string {
  return `${ref.kind}/${ref.namespace ?? ''}/${ref.name}`;
}

/** The reference as a person writes it: `Deployment shop/cart`, `Node server1`. */
export function formatRef(ref: Ref): string {
  return `${ref.kind} ${ref.namespace ? `${ref.namespace}/` : ''}${ref.name}`;
}
