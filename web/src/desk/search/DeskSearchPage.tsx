import { IconAddressBook, IconBuilding, IconPackage, IconTicket } from '@tabler/icons-react';
import type { SearchHit } from '@/api';
import { SearchPage } from '@/records/search/SearchPage';
import { StatusBadge } from '@/ui';
import { useStatuses } from '../common/useStatuses';

const searched = { tickets: IconTicket, contacts: IconAddressBook, accounts: IconBuilding, products: IconPackage };

/** What the words find in Desk: tickets are found with their status. */
export function DeskSearchPage() {
  const statuses = useStatuses();
  const mark = ({ status: name }: SearchHit) => {
    const status = name === undefined ? null : statuses.find(name);
    return status && <StatusBadge label={status.label} type={status.type} look="plain" />;
  };
  return <SearchPage searched={searched} mark={mark} />;
}
