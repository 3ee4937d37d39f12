// What somebody sends to the emulated printer, from its bytes to the answer: whatever it is, it has
// one, which can be written and has the number of its request.
#include "drivers/printer/emulated/ipp_answers.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>

namespace {

using namespace drivers::printer;

ssize_t read_bytes(void* source, ipp_uchar_t* buffer, std::size_t wanted) {
    auto& left = *static_cast<std::span<const std::uint8_t>*>(source);
    const auto now = std::min(wanted, left.size());
    if (now == 0) return 0;
    std::memcpy(buffer, left.data(), now);
    left = left.subspan(now);
    return static_cast<ssize_t>(now);
}
ssize_t count_bytes(void* counter, ipp_uchar_t*, std::size_t bytes) {
    *static_cast<std::size_t*>(counter) += bytes;
    return static_cast<ssize_t>(bytes);
}

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::span<const std::uint8_t> left(data, size);
    const OwnedIpp request(ippNew());
    // Half a request is answered, too: what came before the break must not harm.
    for (int steps = 0; steps < 1000; ++steps) {
        const auto state = ippReadIO(&left, read_bytes, 1, nullptr, request.get());
        if (state == IPP_STATE_DATA || state == IPP_STATE_ERROR) break;
    }
    PaperMachine machine(base::Millis{1}, {}, base::Millis{0});
    const int held = machine.create("letter", "somebody", true, base::Millis{0});
    machine.take_document(held, base::to_bytes("%PDF-1.7 /Type /Page %%EOF"));
    for (int moment = 0; moment < 3; ++moment) {
        const base::Millis now{moment};
        machine.advance(now);
        const auto answer =
            answer_ipp(machine, request.get(), base::Bytes(left.begin(), left.end()), now);
        require(answer != nullptr);
        require(ippGetRequestId(answer.get()) == ippGetRequestId(request.get()));
        std::size_t written = 0;
        while (ippWriteIO(&written, count_bytes, 1, nullptr, answer.get()) == IPP_STATE_ATTRIBUTE) {
        }
        require(ippGetState(answer.get()) == IPP_STATE_DATA);
        require(written == ippLength(answer.get()));
        machine.advance(now);
    }
    require(machine.jobs().size() <= 2 * PaperMachine::most_jobs);
    return 0;
}
