// The heap of the process. Main thread, in a quiet moment: it takes a millisecond or two.
#pragma once

namespace base {

// Freed memory goes back to the machine, which shares it with the post and the printers.
void give_back_freed_memory();

}  // namespace base
