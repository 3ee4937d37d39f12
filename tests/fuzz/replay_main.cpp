// Runs a fuzz entry over every file of the given folders, where libFuzzer is not at hand. From each
// file it also tries every cut and, with a fixed seed, some thousand changed copies.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr int changed_copies = 3000;

void run(const std::vector<std::uint8_t>& input) {
    LLVMFuzzerTestOneInput(input.data(), input.size());
}

void run_around(const std::vector<std::uint8_t>& seed, std::mt19937& random) {
    run(seed);
    for (std::size_t size = 0; size < seed.size(); ++size)
        run(std::vector<std::uint8_t>(seed.begin(),
                                      seed.begin() + static_cast<std::ptrdiff_t>(size)));
    if (seed.empty()) return;
    for (int i = 0; i < changed_copies; ++i) {
        auto copy = seed;
        for (auto changes = 1 + random() % 4; changes > 0; --changes)
            copy[random() % copy.size()] = static_cast<std::uint8_t>(random());
        run(copy);
    }
}

}  // namespace

int main(int count, char** folders) {
    std::mt19937 random(20261122);
    int files = 0;
    for (int i = 1; i < count; ++i)
        for (const auto& entry : std::filesystem::directory_iterator(folders[i])) {
            std::ifstream file(entry.path(), std::ios::binary);
            run_around({std::istreambuf_iterator<char>(file), {}}, random);
            ++files;
        }
    std::printf("%d files\n", files);
    return files > 0 ? 0 : 1;
}
