#include "drivers/id_card/photo/plugin_confinement.hpp"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/prctl.h>

#include <array>
#include <cerrno>
#include <memory>

namespace drivers::id_card {

namespace {

constexpr std::array never{
    // Connections; io_uring would make them, and write files, behind the filter's back.
    SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen),
    SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(io_uring_setup),
    // Files. What openat2 opens stands in memory that a filter cannot look into.
    SCMP_SYS(creat), SCMP_SYS(openat2), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(mknod),
    SCMP_SYS(mknodat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(unlink),
    SCMP_SYS(unlinkat), SCMP_SYS(rmdir), SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(symlink),
    SCMP_SYS(symlinkat), SCMP_SYS(truncate), SCMP_SYS(chmod), SCMP_SYS(fchmodat), SCMP_SYS(chown),
    SCMP_SYS(lchown), SCMP_SYS(fchownat), SCMP_SYS(setxattr), SCMP_SYS(memfd_create),
    SCMP_SYS(mount), SCMP_SYS(open_by_handle_at),
    // Other processes and the kernel.
    SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_getfd), SCMP_SYS(kill), SCMP_SYS(tgkill), SCMP_SYS(tkill),
    SCMP_SYS(pidfd_send_signal), SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(keyctl), SCMP_SYS(add_key),
    SCMP_SYS(shmget), SCMP_SYS(msgget), SCMP_SYS(mq_open)};
constexpr std::array<scmp_datum_t, 4> writing{O_WRONLY, O_RDWR, O_CREAT, O_TRUNC};

}  // namespace

bool confine_this_thread() {
    constexpr auto refuse = SCMP_ACT_ERRNO(EPERM);
    const std::unique_ptr<void, decltype(&seccomp_release)> filter(seccomp_init(SCMP_ACT_ALLOW),
                                                                   &seccomp_release);
    if (!filter || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
    for (const int call : never)
        if (seccomp_rule_add(filter.get(), refuse, call, 0) != 0) return false;
    for (const auto flag : writing) {
        const scmp_arg_cmp in_open{1, SCMP_CMP_MASKED_EQ, flag, flag};
        const scmp_arg_cmp in_openat{2, SCMP_CMP_MASKED_EQ, flag, flag};
        if (seccomp_rule_add(filter.get(), refuse, SCMP_SYS(open), 1, in_open) != 0 ||
            seccomp_rule_add(filter.get(), refuse, SCMP_SYS(openat), 1, in_openat) != 0)
            return false;
    }
    return seccomp_load(filter.get()) == 0;
}

}  // namespace drivers::id_card
