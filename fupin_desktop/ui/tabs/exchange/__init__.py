"""The tab 数据交换."""
