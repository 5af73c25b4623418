import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';

/** Why the form was not taken, over its inputs. */
export function RefusalNote({ words }: { words: string | null }) {
  if (words === null) return null;
  return <Alert role="alert" color="red" p="xs" icon={<IconAlertTriangle size={16} />}>{words}</Alert>;
}
