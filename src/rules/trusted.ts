import { trustedServices } from '../model/iam/trust';
import type { Resource } from '../model/resource';

/** The services that a role trusts, for messages about one that may not assume it. */
export function trustedInWords(role: Resource, refused: string): string {
  const services = trustedServices(role);
  if (services.length === 0) return 'no service';
  return services.includes(refused) ? `${services.join(', ')}, but not for this` : services.join(', ');
}
