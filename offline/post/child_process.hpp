// A process that the post starts for work of its own kind (a stick, a support bundle), held by a
// descriptor of the kernel's (pidfd_open(2)): never another process that got the same number. It
// outlives this object; whoever started it tells it to end and reaps it. One thread at a time, but
// for tell().
#pragma once

#include "base/result.hpp"
#include "offline/post/connection.hpp"

#include <sys/types.h>

#include <string>
#include <vector>

namespace offline::post {

class ChildProcess {
  public:
    // heard: its standard output can be read here, its errors go where the post's go. silent: all
    // three are /dev/null.
    enum class Output { heard, silent };
    // `command`: the program by its whole path, and its words. InternalError: no process.
    static base::Result<ChildProcess> start(std::vector<std::string> command, Output output);

    int ended_descriptor() const { return process_.get(); }  // readable when it has ended
    int output_descriptor() const { return output_.get(); }  // -1: silent
    void tell(int signal) const;
    // Waits until it has ended. Its exit status; -1: a signal ended it. Once.
    int reap() const;

  private:
    ChildProcess(pid_t number, Descriptor process, Descriptor output)
        : number_(number), process_(std::move(process)), output_(std::move(output)) {}

    pid_t number_;
    Descriptor process_, output_;
};

}  // namespace offline::post
