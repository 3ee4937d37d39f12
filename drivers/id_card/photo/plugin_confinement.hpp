// What a plug-in that is started may not do, whoever wrote it. Linux: seccomp. Given to the calling
// thread for good and to every program started from it, so the thread should be one that does
// nothing else and ends.
#pragma once

namespace drivers::id_card {

// No connection of any kind, nothing written, made, renamed or removed in the file system, no look
// into other processes and no signal to them: each such call fails with EPERM. Files may be read: a
// program needs its libraries. False where the kernel grants no such filter; then nothing may be
// started.
[[nodiscard]] bool confine_this_thread();

}  // namespace drivers::id_card
