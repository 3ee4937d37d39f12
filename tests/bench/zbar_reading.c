#include "zbar_reading.h"

#include <string.h>
#include <zbar.h>

long zbar_read_qr(const unsigned char* grey, unsigned width, unsigned height, char* text,
                  size_t capacity) {
    zbar_image_scanner_t* scanner = zbar_image_scanner_create();
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_t* image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, width, height);
    zbar_image_set_data(image, grey, (unsigned long)width * height, NULL);
    long length = -1;
    if (zbar_scan_image(scanner, image) > 0) {
        const zbar_symbol_t* symbol = zbar_image_first_symbol(image);
        const size_t all = zbar_symbol_get_data_length(symbol);
        const size_t copied = all < capacity ? all : capacity;
        memcpy(text, zbar_symbol_get_data(symbol), copied);
        length = (long)copied;
    }
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    return length;
}
