#include "base/heap.hpp"

#include <malloc.h>

namespace base {

void give_back_freed_memory() {
    ::malloc_trim(0);
}

}  // namespace base
