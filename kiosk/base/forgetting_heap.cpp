// The heap forgets: every block is overwritten when it is given back, so that no text a library or
// a std::string let go of stays readable in the process. Linked into the programs that meet a
// citizen's data; it takes the place of the C library's free and realloc for everything in the
// process, shared libraries included (operator delete comes here too). Allocation is untouched.
// Any thread. Sanitizers bring a heap of their own, so there it is left out.
#include <malloc.h>

#include <cstdlib>
#include <cstring>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define CW_OWN_HEAP 1
#endif
#endif
#if !defined(CW_OWN_HEAP) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

extern "C" {

void __libc_free(void* block) noexcept;  // glibc's own; exported for exactly this use

void free(void* block) noexcept {
    if (block == nullptr) return;
    explicit_bzero(block, malloc_usable_size(block));
    __libc_free(block);
}

// The C library's would leave the old copy behind when a block moves, and the tail when it shrinks.
void* realloc(void* block, std::size_t size) noexcept {
    if (block == nullptr) return std::malloc(size);
    if (size == 0) {
        std::free(block);
        return nullptr;
    }
    const std::size_t had = malloc_usable_size(block);
    if (size <= had && size >= had / 2) {
        explicit_bzero(static_cast<char*>(block) + size, had - size);
        return block;
    }
    void* moved = std::malloc(size);
    if (moved == nullptr) return nullptr;
    std::memcpy(moved, block, size < had ? size : had);
    std::free(block);
    return moved;
}

}  // extern "C"

#endif
