import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useText } from '@/i18n';
import { useRefusalText } from './useRefusalText';

interface Toast {
  done: (message: string) => void;
  /** Says what happened and offers to undo it. */
  undoable: (message: string, onUndo: () => void) => void;
  /** Says what happened and offers what may follow, such as opening it. */
  offering: (message: string, act: string, onAct: () => void) => void;
  /** Says that it did not work out, in words that are ready to show; each line stands for itself. */
  failed: (message: string) => void;
  refused: (error: unknown) => void;
}

const shown_ms = 4_000;
const undo_shown_ms = 10_000;
let shown_fault: string | null = null;

/** Short words at the top of the screen: done, done with undo, refused. */
export function useToast(): Toast {
  const { t } = useText();
  const refusalText = useRefusalText();
  return useMemo(() => {
    const closeButtonProps = { 'aria-label': t('ui.close') };
    const offering = (message: string, act: string, onAct: () => void) => {
      const id = notifications.show({
        autoClose: undo_shown_ms, closeButtonProps,
        icon: <IconCheck size={16} />,
        color: 'green.8',
        message: (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <Text size="sm">{message}</Text>
            <Button
              size="compact-sm"
              variant="default"
              flex="none"
              onClick={() => {
                notifications.hide(id);
                onAct();
              }}
            >
              {act}
            </Button>
          </Group>
        ),
      });
    };
    const failed = (message: string) => {
      // One at a time: the newest is the one to act on, and they lie over the page's title.
      if (shown_fault !== null) notifications.hide(shown_fault);
      shown_fault = notifications.show({ message: <Text size="sm" style={{ whiteSpace: 'pre-line' }}>{message}</Text>, autoClose: undo_shown_ms, closeButtonProps, color: 'red.8', icon: <IconAlertTriangle size={16} /> });
    };
    return {
      offering,
      done: (message) => {
        notifications.show({ message, autoClose: shown_ms, closeButtonProps, icon: <IconCheck size={16} />, color: 'green.8' });
      },
      undoable: (message, onUndo) => offering(message, t('ui.undo'), onUndo),
      failed,
      refused: (error) => failed(refusalText(error)),
    };
  }, [refusalText, t]);
}
